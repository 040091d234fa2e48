package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.ShiftPoint;
import java.util.Locale;
import java.util.OptionalDouble;

/** Text and numbers as a page shows them. */
final class Html {

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final String NOTHING = "–";

    private Html() {}

    /** Escapes a text for element content and for attributes in double quotes. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** A number with a real minus sign. */
    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
    }

    static String number(OptionalDouble value, int decimals) {
        return value.isPresent() ? number(value.getAsDouble(), decimals) : NOTHING;
    }

    /** A number with its sign, also when it is positive. */
    static String signed(double value, int decimals) {
        return (value > 0 ? "+" : "") + number(value, decimals);
    }

    /** A duration in the unit that suits it: {@code 42 s}, {@code 12 min}, {@code 3.4 h}. */
    static String duration(double seconds) {
        if (seconds < 9.95) {
            return number(seconds, 1) + " s";
        }
        if (seconds < 2 * MINUTE) {
            return number(seconds, 0) + " s";
        }
        if (seconds < 2 * HOUR) {
            return number(seconds / MINUTE, 0) + " min";
        }
        return number(seconds / HOUR, 1) + " h";
    }

    /** How many decimals deviations of a nucleus are shown with. */
    static int decimals(Nucleus nucleus) {
        return nucleus == Nucleus.H1 ? 3 : 2;
    }

    static String isotope(Nucleus nucleus) {
        String symbol = nucleus.element().symbol();
        return "<sup>" + nucleus.label().replace(symbol, "") + "</sup>" + symbol;
    }

    /** Molecule and atoms of a point. */
    static String place(DataSet dataSet, Nucleus nucleus, ShiftPoint point) {
        return escape(ReportData.name(dataSet, point.moleculeId())) + " "
                + ReportData.atoms(nucleus.element().symbol(), point.atoms());
    }
}
