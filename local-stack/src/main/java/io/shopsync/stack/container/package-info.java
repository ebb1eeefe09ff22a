/**
 * Servers in containers, where {@code shopsync.stack=containers} asks for them: the images that docker-compose.yml runs, by
 * Testcontainers. Knows nothing of what runs in them.
 */
package io.shopsync.stack.container;
