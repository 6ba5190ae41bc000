/** Networks: a list of layers with every shape, parameter and state worked out. */
@NullMarked
package dev.sparring.network;

import org.jspecify.annotations.NullMarked;
