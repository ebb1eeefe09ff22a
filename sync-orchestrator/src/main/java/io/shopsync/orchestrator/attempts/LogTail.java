package io.shopsync.orchestrator.attempts;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads a log that grows, each line once, through rotations by renaming and by copying and truncating, also those that
 * happened while nobody read: rotated files are looked for beside the log, under names that begin with its own.
 *
 * <p>After a rename the writer goes on in the old file until it notices (CouchDB looks every 30 s), so that the old and
 * the new file are read side by side for a while.
 */
final class LogTail implements Closeable {

    private static final Logger LOG = Logger.getLogger(LogTail.class);
    private static final Pattern COMPRESSED = Pattern.compile(".*\\.(?:gz|bz2|xz|zst)$");

    private final Path path;
    private final Duration afterRotation;
    private final List<LogFile> files = new ArrayList<>();
    private long sweptAt = System.nanoTime();

    /**
     * Goes on where reading ended; from the log's begin where it never began.
     *
     * @param stored where each file ended that was not read to its end for good
     * @param afterRotation how long a file that was deleted is still read after it grew last
     */
    LogTail(Path path, Collection<LogPosition> stored, Duration afterRotation) throws IOException {
        this.path = path.toAbsolutePath();
        this.afterRotation = afterRotation;
        for (var position : stored) {
            find(position)
                    .ifPresentOrElse(
                            files::add,
                            () -> LOG.warnf(
                                    "a rotated file of %s is gone that was not read to its end; requests in it are not looked at",
                                    path));
        }
    }

    /** The next lines of any of its files; none where all were read. */
    List<String> read() throws IOException {
        follow();
        for (var file : List.copyOf(files)) {
            if (!file.isWhatItWas()) {
                LOG.infof("%s was emptied", path);
                var copy = copyOf(file.position());
                file.startOver();
                if (copy.isPresent()) {
                    files.addFirst(copy.get());
                    return read();
                }
            }
            var lines = file.read();
            if (!lines.isEmpty()) {
                return lines;
            }
        }
        return List.of();
    }

    /** How far its files were read. */
    List<LogPosition> positions() {
        return files.stream().map(LogFile::position).toList();
    }

    @Override
    public void close() throws IOException {
        for (var file : files) {
            file.close();
        }
    }

    /** Takes up the file that has the log's name now, and those that had it meanwhile. */
    private void follow() throws IOException {
        // Where the writer has not noticed a rename yet, there is none.
        var current = keyOf(path);
        if (current.filter(this::reads).isEmpty()) {
            files.addAll(rotatedMeanwhile());
            LogFile.open(path).ifPresent(files::add);
        }
        if (System.nanoTime() - sweptAt > afterRotation.toNanos()) {
            sweptAt = System.nanoTime();
            giveUpThoseGone();
        }
    }

    /** A file is known for as long as it is there: otherwise it would be taken for one that nobody has read. */
    private void giveUpThoseGone() throws IOException {
        var there = candidates().stream()
                .map(LogTail::keyOf)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        for (var file : List.copyOf(files)) {
            if (!there.contains(file.key()) && file.quietNanos() > afterRotation.toNanos()) {
                files.remove(file);
                file.close();
            }
        }
    }

    private Optional<LogFile> find(LogPosition position) throws IOException {
        for (var candidate : candidates()) {
            if (keyOf(candidate).equals(Optional.of(position.fileKey()))) {
                var file = LogFile.open(candidate, position.head(), position.offset());
                if (file.isPresent()) {
                    return file;
                }
            }
        }
        return copyOf(position);
    }

    /** Another file that begins alike and was not read so far. */
    private Optional<LogFile> copyOf(LogPosition position) throws IOException {
        if (position.offset() == 0) {
            return Optional.empty();
        }
        for (var candidate : candidates()) {
            if (isRead(candidate)) {
                continue;
            }
            var file = LogFile.open(candidate, position.head(), position.offset());
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    /** Files that became the log and were rotated again before anybody looked: they changed after those known. */
    private List<LogFile> rotatedMeanwhile() throws IOException {
        var known = candidates().stream()
                .filter(this::isRead)
                .map(LogTail::changedAt)
                .max(Comparator.naturalOrder());
        var opened = new ArrayList<LogFile>();
        if (known.isPresent()) {
            var meanwhile = candidates().stream()
                    .filter(candidate -> !candidate.equals(path) && !isRead(candidate))
                    .filter(candidate -> changedAt(candidate).compareTo(known.get()) >= 0)
                    .sorted(Comparator.comparing(LogTail::changedAt))
                    .toList();
            for (var file : meanwhile) {
                LogFile.open(file).ifPresent(opened::add);
            }
        }
        return opened;
    }

    private List<Path> candidates() throws IOException {
        var name = path.getFileName().toString();
        try (var siblings = Files.list(path.getParent())) {
            return siblings.filter(file -> {
                        var other = file.getFileName().toString();
                        return other.equals(name) || other.startsWith(name + '.') || other.startsWith(name + '-');
                    })
                    .filter(file -> !COMPRESSED.matcher(file.toString()).matches())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private boolean reads(String key) {
        return files.stream().anyMatch(file -> file.key().equals(key));
    }

    private boolean isRead(Path candidate) {
        return keyOf(candidate).filter(this::reads).isPresent();
    }

    private static Optional<String> keyOf(Path file) {
        try {
            return Optional.of(LogFile.keyOf(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime changedAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException _) {
            return FileTime.fromMillis(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
