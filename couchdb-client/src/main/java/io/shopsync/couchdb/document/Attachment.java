package io.shopsync.couchdb.document;

import java.util.Objects;

/** An attachment to store. */
public final class Attachment {

    private final String name;
    private final String contentType;
    private final byte[] data;

    /** @param data not copied */
    public Attachment(String name, String contentType, byte[] data) {
        this.name = Objects.requireNonNull(name, "name");
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.data = Objects.requireNonNull(data, "data");
    }

    /** Its name within the document. */
    public String name() {
        return name;
    }

    /** A media type, such as {@code image/png}. */
    public String contentType() {
        return contentType;
    }

    /** The bytes, not copied. */
    public byte[] data() {
        return data;
    }

    @Override
    public String toString() {
        return "Attachment[" + name + ", " + contentType + ", " + data.length + " bytes]";
    }
}
