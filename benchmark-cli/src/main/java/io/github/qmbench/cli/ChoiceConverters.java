package io.github.qmbench.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read choices whose words have hyphens. */
final class ChoiceConverters {

    private ChoiceConverters() {}

    /** Reads {@code optimize} and {@code as-is}. */
    static final class OfGeometry implements ITypeConverter<PredictCommand.Geometry> {
        @Override
        public PredictCommand.Geometry convert(String text) {
            return Arrays.stream(PredictCommand.Geometry.values())
                    .filter(choice -> choice.toString().equalsIgnoreCase(text.trim()))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a valid choice; use "
                            + Arrays.stream(PredictCommand.Geometry.values())
                                    .map(PredictCommand.Geometry::toString)
                                    .collect(Collectors.joining(" or "))));
        }
    }
}
