/**
 * That the files by which ShopSync is run in containers fit each other and what is built. These tests must not need a
 * container engine, and so cannot say that the containers run.
 */
package io.shopsync.system.deploy;
