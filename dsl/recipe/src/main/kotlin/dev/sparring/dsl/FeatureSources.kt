package dev.sparring.dsl

import dev.sparring.recipe.ClassifierFeatures
import dev.sparring.recipe.NetworkFeatures
import dev.sparring.recipe.PixelFeatures

/** Samples are compared by their own numbers. */
public val pixels: PixelFeatures
    get() = PixelFeatures.pixels()

/** Samples are compared by their own numbers. */
public fun pixels(): PixelFeatures = pixels

/** Samples are compared by what a small classifier sees, trained on the labels of the data. */
public val classifier: ClassifierFeatures
    get() = ClassifierFeatures.classifier()

/** Samples are compared by what a small classifier sees, trained on the labels of the data. */
public fun classifier(): ClassifierFeatures = classifier

/**
 * Samples are compared by what a network from a file sees.
 *
 * @param file a network as ONNX or TorchScript; like folders of data, its path is relative to where
 *   the run is started
 * @param preprocessing what samples go through before the network: inception2015, bytes, unit,
 *   signed, imagenet, or with a size e.g. unit@64
 * @param output which of the network's outputs the features are; null, the default, is the first
 */
public fun network(
    file: String,
    preprocessing: String,
    output: String? = NetworkFeatures.network(file, preprocessing).output,
): NetworkFeatures = NetworkFeatures(file, preprocessing, output)
