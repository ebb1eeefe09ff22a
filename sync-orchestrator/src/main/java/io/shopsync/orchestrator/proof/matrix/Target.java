package io.shopsync.orchestrator.proof.matrix;

import io.shopsync.contracts.ShopId;

/**
 * What is tried to be got at.
 *
 * @param database physical name
 * @param open whether the shop's own logins should be let in
 * @param document a document id that no shop uses, in which intruders' writes would end
 * @param guardRevision of the database's guard
 * @param quarantine name of the control plane's own database
 */
public record Target(
        ShopId shop, String database, boolean open, String document, String guardRevision, String quarantine) {

    /** A text of an attempt with its placeholders filled in. */
    String fill(String text, Who who) {
        return text.replace("{db}", database)
                .replace("{doc}", document)
                .replace("{guard}", guardRevision)
                .replace("{quarantine}", quarantine)
                .replace("{login}", shop.syncLogin())
                .replace("{shop}", shop.value())
                // The guard is to refuse members, and CouchDB itself all others: they may not fail at the guard first.
                .replace("{mark}", who.belongs() ? "somebody else" : shop.value());
    }
}
