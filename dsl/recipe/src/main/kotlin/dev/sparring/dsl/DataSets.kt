package dev.sparring.dsl

import dev.sparring.data.BrokenImages
import dev.sparring.data.Cifar10
import dev.sparring.data.Data
import dev.sparring.data.Digits
import dev.sparring.data.Edges
import dev.sparring.data.FashionMnist
import dev.sparring.data.Grid
import dev.sparring.data.Idx
import dev.sparring.data.ImageFolder
import dev.sparring.data.Jittered
import dev.sparring.data.Noise
import dev.sparring.data.Pairs
import dev.sparring.data.Ring
import dev.sparring.data.Side
import dev.sparring.data.SideBySide
import dev.sparring.data.Split

/** 1,797 handwritten digits that come with the library, 8 x 8, grey. */
public val digits: Digits
    get() = Digits.digits()

/**
 * 1,797 handwritten digits that come with the library, grey.
 *
 * @param size height and width in pixels, by default 8; for more, they are enlarged
 */
public fun digits(size: Int = digits.size): Digits = Digits(size)

/** Fashion-MNIST's part to train on: 60,000 grey images of clothes, 28 x 28. */
public val fashionMnist: FashionMnist
    get() = FashionMnist.fashionMnist()

/**
 * Fashion-MNIST: 60,000 and 10,000 grey images of clothes, 28 x 28.
 *
 * @param split which part, by default the one to train on
 * @param folder where its files are; null, the default, searches the usual places and otherwise
 *   downloads them once
 */
public fun fashionMnist(
    split: Split = fashionMnist.split,
    folder: String? = fashionMnist.folder,
): FashionMnist = FashionMnist(split, folder)

/**
 * Grey images in MNIST's IDX format, plain or gzipped.
 *
 * @param images the file with the images
 * @param labels the file with the labels; null, the default, if there are none
 */
public fun idx(images: String, labels: String? = Idx.idx(images).labels): Idx = Idx(images, labels)

/**
 * The PNG and JPEG files of a folder, resized and cropped to squares.
 *
 * @param folder where the images are
 * @param size height and width in pixels
 * @param channels 3, the default, for colour or 1 for grey
 * @param recursive whether sub-folders are searched too; by default they are
 * @param onBroken what to do with a file that cannot be decoded; by default stop
 */
public fun imageFolder(
    folder: String,
    size: Int,
    channels: Int = ImageFolder.imageFolder(folder, size).channels,
    recursive: Boolean = ImageFolder.imageFolder(folder, size).recursive,
    onBroken: BrokenImages = ImageFolder.imageFolder(folder, size).onBroken,
): ImageFolder = ImageFolder(folder, size, channels, recursive, onBroken)

/**
 * CIFAR-10 in its binary version: 50,000 and 10,000 colour images, 32 x 32.
 *
 * @param folder where its files are
 * @param split which part, by default the one to train on
 */
public fun cifar10(folder: String, split: Split = Cifar10.cifar10(folder).split): Cifar10 =
    Cifar10(folder, split)

/** Points around 8 means on the unit circle. */
public val ring: Ring
    get() = Ring.ring()

/**
 * Points of normal distributions whose means lie evenly on a circle.
 *
 * @param modes how many means, by default 8
 * @param radius of the circle, by default 1
 * @param deviation standard deviation of each mode along each axis, by default 0.01
 * @param points how many are drawn, by default 100,000
 */
public fun ring(
    modes: Int = ring.modes,
    radius: Double = ring.radius,
    deviation: Double = ring.deviation,
    points: Int = ring.points,
): Ring = Ring(modes, radius, deviation, points)

/** Points around 25 means on a square grid. */
public val grid: Grid
    get() = Grid.grid()

/**
 * Points of normal distributions whose means form a square grid.
 *
 * @param side how many means along each axis, by default 5
 * @param spacing between neighbouring means, by default 2
 * @param deviation standard deviation of each mode along each axis, by default 0.05
 * @param points how many are drawn, by default 100,000
 */
public fun grid(
    side: Int = grid.side,
    spacing: Double = grid.spacing,
    deviation: Double = grid.deviation,
    points: Int = grid.points,
): Grid = Grid(side, spacing, deviation, points)

/**
 * Images of uniform noise, for benchmarks.
 *
 * @param channels of each image
 * @param height of each image in pixels
 * @param width of each image in pixels
 * @param samples how many images, by default 256
 */
public fun noise(
    channels: Int,
    height: Int,
    width: Int,
    samples: Int = Noise.noise(channels, height, width).samples,
): Noise = Noise(channels, height, width, samples)

/**
 * Two data sets, the second of which is to be generated from the first. Sources and samples belong
 * together by their order; in two folders, by their paths.
 *
 * @param sources the images that samples are generated from
 * @param samples the images to generate
 * @param matched whether each source belongs to a sample, by default yes
 */
public fun pairs(
    sources: Data,
    samples: Data,
    matched: Boolean = Pairs.pairs(sources, samples).matched,
): Pairs = Pairs(sources, samples, matched)

/**
 * Pairs in one PNG or JPEG file each, side by side, as the data sets of pix2pix come.
 *
 * @param folder where the files are, sub-folders included
 * @param size height and width of both halves in pixels
 * @param source which half the source is, by default the left one
 * @param channels 3, the default, for colour or 1 for grey
 * @param onBroken what to do with a file that cannot be decoded; by default stop
 */
public fun sideBySide(
    folder: String,
    size: Int,
    source: Side = SideBySide.sideBySide(folder, size).source,
    channels: Int = SideBySide.sideBySide(folder, size).channels,
    onBroken: BrokenImages = SideBySide.sideBySide(folder, size).onBroken,
): SideBySide = SideBySide(folder, size, source, channels, onBroken)

/** The left half of images. */
public val left: Side
    get() = Side.LEFT

/** The right half of images. */
public val right: Side
    get() = Side.RIGHT

/**
 * Images, each with a drawing of its own edges as its source.
 *
 * @param of the images
 * @param threshold the least gradient that counts as an edge, from 0 to 1, by default 0.25
 */
public fun edges(of: Data, threshold: Double = Edges.edges(of).threshold): Edges =
    Edges(of, threshold)

/**
 * Images that are cropped at random each time they are read in training, a source in the same way
 * as its sample.
 *
 * @param of the images, larger than the crop
 * @param size height and width of the crop
 * @param flip whether half of the crops are mirrored left to right, by default yes
 */
public fun jittered(
    of: Data,
    size: Int,
    flip: Boolean = Jittered.jittered(of, size).flip,
): Jittered = Jittered(of, size, flip)
