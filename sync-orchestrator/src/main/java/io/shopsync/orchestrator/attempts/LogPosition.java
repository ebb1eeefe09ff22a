package io.shopsync.orchestrator.attempts;

/**
 * How far a file was read.
 *
 * @param fileKey device and inode: the same file under whatever name
 * @param head the bytes it begins with: inodes are used again, and a file can be emptied
 * @param offset of the first byte that was not read, always the begin of a line
 */
record LogPosition(String fileKey, Head head, long offset) {

    /**
     * Tells a file by its first bytes.
     *
     * @param length how many they are; zero for none, which fits any file
     * @param hash SHA-256 of them, in hexadecimal digits
     */
    record Head(int length, String hash) {

        /** Enough for the time and the request id of a first line. */
        static final int LONGEST = 256;

        static final Head NONE = new Head(0, "");
    }
}
