/** What every engine must do, as tests that an engine's own module runs. */
@NullMarked
package dev.sparring.conformance;

import org.jspecify.annotations.NullMarked;
