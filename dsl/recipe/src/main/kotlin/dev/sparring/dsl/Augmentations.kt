package dev.sparring.dsl

import dev.sparring.augment.Color
import dev.sparring.augment.Cutout
import dev.sparring.augment.Flip
import dev.sparring.augment.InstanceNoise
import dev.sparring.augment.Translation

/** Mirrors every other image left to right. */
public val flip: Flip
    get() = Flip.flip()

/**
 * Mirrors images left to right.
 *
 * @param probability of each image, by default 0.5
 */
public fun flip(probability: Double = flip.probability): Flip = Flip(probability)

/** Moves images by up to an eighth of their sides. */
public val translation: Translation
    get() = Translation.translation()

/**
 * Moves images by whole pixels; zeros fill the rest.
 *
 * @param ratio how far at most, as a share of the side, by default 0.125
 */
public fun translation(ratio: Double = translation.ratio): Translation = Translation(ratio)

/** Changes brightness, saturation and contrast of images as strongly as DiffAugment does. */
public val color: Color
    get() = Color.color()

/**
 * Changes brightness, saturation and contrast of images.
 *
 * @param brightness the most that is added or subtracted, by default 0.5
 * @param saturation the largest relative change, by default 1
 * @param contrast the largest relative change, by default 0.5
 */
public fun color(
    brightness: Double = color.brightness,
    saturation: Double = color.saturation,
    contrast: Double = color.contrast,
): Color = Color(brightness, saturation, contrast)

/** Sets a rectangle half as long and wide as the image to zero. */
public val cutout: Cutout
    get() = Cutout.cutout()

/**
 * Sets a rectangle of each image to zero.
 *
 * @param ratio of its sides to the image's, by default 0.5
 */
public fun cutout(ratio: Double = cutout.ratio): Cutout = Cutout(ratio)

/** Adds normal noise with a standard deviation of 0.1. */
public val instanceNoise: InstanceNoise
    get() = InstanceNoise.instanceNoise()

/**
 * Adds normal noise to every number of a sample.
 *
 * @param std its standard deviation in the first step, by default 0.1
 * @param until how many steps it takes to fall to 0; null, the default, keeps it constant
 */
public fun instanceNoise(
    std: Double = instanceNoise.std,
    until: Int? = instanceNoise.until,
): InstanceNoise = InstanceNoise(std, until)
