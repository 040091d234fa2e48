package io.github.qmbench.nwchem.output;

/** Recognises one section of NWChem's output in the stream of its lines; sees every line, and keeps what it knows. */
interface OutputSection {

    /**
     * Looks at a line.
     *
     * @param text without the line break
     * @param number from 1
     * @throws OutputFormatException when the line stands in this section and is not what has to stand there
     */
    void line(String text, long number) throws OutputFormatException;
}
