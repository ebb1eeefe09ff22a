/**
 * The nginx configuration of {@code deploy/edge}, run in front of a real server. These tests must not know how nginx
 * tells requests apart, only what a till gets.
 */
package io.shopsync.system.edge;
