/** Pictures of samples: grids of images and scatter plots. */
@NullMarked
package dev.sparring.image;

import org.jspecify.annotations.NullMarked;
