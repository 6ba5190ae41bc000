@file:JvmName("ServeWithKotlinDl")

package dev.sparring.samples

import dev.sparring.image.ImageGrid
import dev.sparring.image.Png
import dev.sparring.kotlindl.toKotlinDl
import dev.sparring.run.RunDirectory
import dev.sparring.tensor.Device
import dev.sparring.tensor.Precision
import dev.sparring.torch.TorchEngine
import java.nio.file.Path

/** Draws 64 samples of a trained run, `args[0]`, with KotlinDL into a PNG file, `args[1]`. */
public fun main(args: Array<String>) {
    val (run, picture) = args.map(Path::of)
    val generator =
        TorchEngine.open(Device.CPU, Precision.FLOAT32).use { RunDirectory(run).toKotlinDl(it) }
    generator.use {
        val images = it.sample(count = 64, seed = 7)
        Png.write(ImageGrid.of(images, it.sampleShape.batch(64)), picture)
    }
}
