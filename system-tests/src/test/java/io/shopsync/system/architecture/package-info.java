/**
 * The rules of the house, checked on the compiled classes and on the sources. They must not know what any class is for.
 */
package io.shopsync.system.architecture;
