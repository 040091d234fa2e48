package io.github.qmbench.nmr.analysis;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Results, to be had for one method after the other. Safe for use by many threads. */
interface ResultsByMethod {

    /** The methods, in the order in which their first results came. */
    Collection<Method> methods();

    /** Returns the results of a method by molecule. */
    Map<String, ShieldingResult> of(Method method) throws IOException;

    /** The ids of molecules with results that the data set does not have, sorted. */
    List<String> unknownMolecules();
}
