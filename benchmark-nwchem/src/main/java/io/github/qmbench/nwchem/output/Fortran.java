package io.github.qmbench.nwchem.output;

/** Reads numbers as Fortran writes them: {@code 1.0D-04}; a field that overflowed is all asterisks. */
final class Fortran {

    private Fortran() {}

    /** Returns a finite number, or refuses the line. */
    static double number(String token, String text, long line) throws OutputFormatException {
        try {
            double value = Double.parseDouble(token.replace('D', 'E').replace('d', 'e'));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new OutputFormatException(line, text, "a number for '" + token + "'");
        }
        throw new OutputFormatException(line, text, "a finite number for '" + token + "'");
    }

    /** Returns a whole number, or refuses the line. */
    static int whole(String token, String text, long line) throws OutputFormatException {
        try {
            return Integer.parseInt(token);
        } catch (NumberFormatException e) {
            throw new OutputFormatException(line, text, "a whole number for '" + token + "'");
        }
    }

    /** Returns as many finite numbers as there must be on the line, or refuses it. */
    static double[] numbers(int count, String text, long line) throws OutputFormatException {
        String[] tokens = text.strip().split("\\s+");
        if (tokens.length != count) {
            throw new OutputFormatException(line, text, count + " numbers");
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = number(tokens[i], text, line);
        }
        return values;
    }
}
