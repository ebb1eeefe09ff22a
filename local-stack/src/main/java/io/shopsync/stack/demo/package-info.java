/**
 * What {@code ./dev demo} shows: three shops that sign up, sync, and cannot reach each other. It must use nothing but
 * what any shop has: the API and a till.
 */
package io.shopsync.stack.demo;
