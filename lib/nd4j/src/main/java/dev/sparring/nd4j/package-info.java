/** The engine on ND4J, with a tape of its own. */
@NullMarked
package dev.sparring.nd4j;

import org.jspecify.annotations.NullMarked;
