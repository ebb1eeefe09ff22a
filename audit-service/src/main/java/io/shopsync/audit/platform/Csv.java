package io.shopsync.audit.platform;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Records as CSV (RFC 4180). */
final class Csv {

    private static final String END = "\r\n";

    private Csv() {}

    static void header(StringBuilder csv, Class<?> type) {
        csv.append(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(",")))
                .append(END);
    }

    static void line(StringBuilder csv, Record row) {
        csv.append(Arrays.stream(row.getClass().getRecordComponents())
                        .map(component -> cell(valueOf(component, row)))
                        .collect(Collectors.joining(",")))
                .append(END);
    }

    private static String valueOf(RecordComponent component, Record row) {
        try {
            var value = component.getAccessor().invoke(row);
            return switch (value) {
                case null -> "";
                case Optional<?> optional -> optional.map(Object::toString).orElse("");
                default -> value.toString();
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static String cell(String text) {
        var harmless = runsAsFormula(text) ? '\'' + text : text;
        return harmless.matches("(?s).*[\",\r\n].*") ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    /** A spreadsheet would run such a cell (OWASP, "CSV injection"); event data come from outside. */
    private static boolean runsAsFormula(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    }
}
