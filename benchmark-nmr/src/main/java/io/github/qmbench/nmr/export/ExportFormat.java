package io.github.qmbench.nmr.export;

/** The formats of an export of runs, by the words that users know. */
public enum ExportFormat {
    /** A table: {@link CalculationsCsv} or {@link NucleiCsv}. */
    CSV("csv"),
    /** A directory to publish: {@link ProcessRunCrate}. */
    RO_CRATE("ro-crate");

    private final String word;

    ExportFormat(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
