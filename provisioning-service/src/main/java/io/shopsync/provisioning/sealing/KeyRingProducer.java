package io.shopsync.provisioning.sealing;

import io.shopsync.platform.sealing.KeyRing;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the key ring from the configuration. */
class KeyRingProducer {

    @Produces
    @Singleton
    KeyRing keyRing(SealingConfig config) {
        return KeyRing.parse(config.keys());
    }
}
