package io.github.qmbench.nwchem;

import java.util.Optional;

/** Reads which integration grid was used: {@code Grid used for XC integration:  medium}. */
final class GridSection implements OutputSection {

    private static final String GRID = "Grid used for XC integration:";

    private Optional<String> word = Optional.empty();

    /** NWChem's word for the grid that was used last; empty when none was printed. */
    Optional<String> word() {
        return word;
    }

    @Override
    public void line(String text, long number) {
        int place = text.indexOf(GRID);
        if (place >= 0) {
            word = Optional.of(text.substring(place + GRID.length()).strip());
        }
    }
}
