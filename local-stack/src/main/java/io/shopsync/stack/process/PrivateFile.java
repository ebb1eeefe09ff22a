package io.shopsync.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A small file that only this user can read: a key or a password. */
public record PrivateFile(Path path) {

    /** Whether it is there. */
    public boolean exists() {
        return Files.exists(path);
    }

    /** Its text. */
    public String read() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it whole or not at all; nobody else can read it at any moment. */
    public void write(String text) {
        try {
            var folder = Files.createDirectories(path.toAbsolutePath().getParent());
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var half = Files.createTempFile(folder, path.getFileName().toString(), ".tmp", owner);
            Files.writeString(half, text);
            Files.move(half, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its text; where it is missing, what {@code text} makes is written first. */
    public String readOrMake(Supplier<String> text) {
        if (!exists()) {
            write(text.get());
        }
        return read();
    }
}
