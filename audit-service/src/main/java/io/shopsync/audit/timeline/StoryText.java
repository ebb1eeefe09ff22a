package io.shopsync.audit.timeline;

import io.shopsync.platform.Page;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes a story as lines to be read in a terminal. */
@Provider
@Produces(MediaType.TEXT_PLAIN)
public class StoryText implements MessageBodyWriter<Page<?>> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == Page.class;
    }

    @Override
    public void writeTo(
            Page<?> page,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        headers.putSingle("Content-Type", MediaType.TEXT_PLAIN + ";charset=utf-8");
        var text = new StringBuilder();
        for (var entry : page.items()) {
            line(text, (TimelineEntry) entry);
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, TimelineEntry entry) {
        text.append(TIME.format(entry.time())).append("  ").append(printable(entry.what()));
        entry.millisSinceStart()
                .ifPresent(millis -> text.append(" [")
                        .append(inWords(Duration.ofMillis(millis)))
                        .append(" after: ")
                        .append(printable(entry.because().getLast().what()))
                        .append(']'));
        entry.actor()
                .ifPresent(actor ->
                        text.append(" (asked by ").append(printable(actor)).append(')'));
        text.append('\n');
    }

    /** Texts of events come from outside: without this, one could move the cursor of whoever reads them. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static String inWords(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        if (duration.toSeconds() < 60) {
            return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toDays() < 1
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
}
