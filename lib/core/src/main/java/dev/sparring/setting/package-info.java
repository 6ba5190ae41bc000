/** What every record of the model is built with: its word, its defaults, checks of its settings. */
@NullMarked
package dev.sparring.setting;

import org.jspecify.annotations.NullMarked;
