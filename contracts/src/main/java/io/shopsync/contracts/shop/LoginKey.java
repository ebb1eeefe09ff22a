package io.shopsync.contracts.shop;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * A CouchDB login with the PBKDF2 key derived from its password, in the form that CouchDB's {@code _users} documents
 * take: the password itself never travels.
 *
 * @param login the user name in CouchDB
 * @param kind what the login is for
 * @param prf the pseudo-random function, {@code sha256}
 * @param iterations PBKDF2 iterations
 * @param salt the salt, used by CouchDB as the bytes of this ASCII string
 * @param derivedKey the key in hexadecimal digits
 */
public record LoginKey(String login, Kind kind, String prf, int iterations, String salt, String derivedKey) {

    public LoginKey {
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(prf, "prf");
        Objects.requireNonNull(salt, "salt");
        Objects.requireNonNull(derivedKey, "derivedKey");
    }

    /** What a login may do. */
    public enum Kind {
        /** For tills: reads and writes documents. */
        @JsonProperty("sync")
        SYNC,
        /** For the shop's own admin tools. */
        @JsonProperty("admin")
        ADMIN
    }

    @Override
    public String toString() {
        return "LoginKey[login=" + login + ", kind=" + kind + ", key=redacted]";
    }
}
