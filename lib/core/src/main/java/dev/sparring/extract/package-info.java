/**
 * Features of images: extractors, the networks that compute them, and how images are prepared for
 * them.
 */
@NullMarked
package dev.sparring.extract;

import org.jspecify.annotations.NullMarked;
