package io.shopsync.audit.platform;

import io.shopsync.platform.Page;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * Writes a page of records as CSV: a line of component names, then a line an item. The cursor of the following page,
 * which a table has no place for, is in the {@code Link} header.
 */
@Provider
@Produces(CsvPages.MEDIA_TYPE)
public class CsvPages implements MessageBodyWriter<Page<?>> {

    /** The media type of a page as CSV. */
    public static final String MEDIA_TYPE = "text/csv";

    @Context
    UriInfo uri;

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
        headers.putSingle("Content-Type", MEDIA_TYPE + "; charset=utf-8; header=present");
        page.next().ifPresent(next -> headers.putSingle("Link", '<' + following(next) + ">; rel=\"next\""));
        var csv = new StringBuilder();
        var item = (Class<?>) ((ParameterizedType) genericType).getActualTypeArguments()[0];
        Csv.header(csv, item);
        page.items().forEach(row -> Csv.line(csv, (Record) row));
        out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String following(String next) {
        return uri.getRequestUriBuilder()
                .replaceQueryParam("cursor", next)
                .build()
                .toString();
    }
}
