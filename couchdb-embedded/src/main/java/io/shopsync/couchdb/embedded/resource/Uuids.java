package io.shopsync.couchdb.embedded.resource;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids the server chooses: as CouchDB's {@code sequential} algorithm, a random prefix and a number that grows. */
final class Uuids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PREFIX = 13;
    private static final int LIMIT = 0xfff000;
    private static final int STEP = 0xffe;

    private static String prefix;
    private static int number = LIMIT;

    private Uuids() {}

    static synchronized String next() {
        if (number >= LIMIT) {
            byte[] random = new byte[PREFIX];
            RANDOM.nextBytes(random);
            prefix = HexFormat.of().formatHex(random);
            number = RANDOM.nextInt(STEP) + 1;
        }
        number += RANDOM.nextInt(STEP) + 1;
        return prefix + HexFormat.of().toHexDigits(number, 6);
    }
}
