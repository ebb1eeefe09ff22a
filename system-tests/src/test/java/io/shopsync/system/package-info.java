/**
 * The system from outside: as processes, over HTTP, and by the shape of its classes. Nothing here may know what a
 * service does inside.
 */
package io.shopsync.system;
