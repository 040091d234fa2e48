package io.github.qmbench.cli;

import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.nmr.export.ExportFormat;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read choices whose words have hyphens. */
final class ChoiceConverters {

    private ChoiceConverters() {}

    /** Reads {@code optimize} and {@code as-is}. */
    static final class OfGeometry implements ITypeConverter<PredictCommand.Geometry> {
        @Override
        public PredictCommand.Geometry convert(String text) {
            return choice(PredictCommand.Geometry.values(), text);
        }
    }

    /** Reads {@code csv} and {@code ro-crate}. */
    static final class OfExport implements ITypeConverter<ExportFormat> {
        @Override
        public ExportFormat convert(String text) {
            return choice(ExportFormat.values(), text);
        }
    }

    private static <E extends Enum<E>> E choice(E[] choices, String text) {
        return Arrays.stream(choices)
                .filter(choice -> choice.toString().equalsIgnoreCase(text.trim()))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a valid choice; use "
                        + Choices.or(Arrays.stream(choices).map(Enum::toString).toList())));
    }
}
