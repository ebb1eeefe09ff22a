package io.shopsync.platform.sealing;

/**
 * A secret as it is stored.
 *
 * @param keyId which key of the ring opens it
 * @param box the nonce, then the ciphertext with its tag
 */
@SuppressWarnings("ArrayRecordComponent") // stored and opened, never compared
public record Sealed(String keyId, byte[] box) {

    @Override
    public String toString() {
        return "Sealed[keyId=" + keyId + ", box=redacted]";
    }
}
