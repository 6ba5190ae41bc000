/** The engine on libtorch, through JavaCPP. */
@NullMarked
package dev.sparring.torch;

import org.jspecify.annotations.NullMarked;
