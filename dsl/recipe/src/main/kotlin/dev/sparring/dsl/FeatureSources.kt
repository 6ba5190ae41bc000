package dev.sparring.dsl

import dev.sparring.recipe.ClassifierFeatures
import dev.sparring.recipe.NetworkFeatures
import dev.sparring.recipe.PixelFeatures

/** Compares samples by their own numbers. */
public val pixels: PixelFeatures
    get() = PixelFeatures.pixels()

/** Compares samples by their own numbers. */
public fun pixels(): PixelFeatures = pixels

/**
 * Compares samples by the features of a small classifier that is trained on the labels of the data.
 */
public val classifier: ClassifierFeatures
    get() = ClassifierFeatures.classifier()

/**
 * Compares samples by the features of a small classifier that is trained on the labels of the data.
 */
public fun classifier(): ClassifierFeatures = classifier

/**
 * Compares samples by the features of a network from a file.
 *
 * @param file a network as ONNX or TorchScript; like folders of data, its path is relative to where
 *   the run is started
 * @param preprocessing how samples are prepared for the network: inception2015, bytes, unit,
 *   signed, imagenet, dinov2, or with a size e.g. unit@64
 * @param output the output of the network to use as features; null, the default, is the first
 */
public fun network(
    file: String,
    preprocessing: String,
    output: String? = NetworkFeatures.network(file, preprocessing).output,
): NetworkFeatures = NetworkFeatures(file, preprocessing, output)
