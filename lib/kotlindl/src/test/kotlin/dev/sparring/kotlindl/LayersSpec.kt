package dev.sparring.kotlindl

import dev.sparring.layer.AvgPool
import dev.sparring.layer.BatchNorm.batchNorm
import dev.sparring.layer.Conv.conv
import dev.sparring.layer.ConvTranspose.convTranspose
import dev.sparring.layer.Dense.dense
import dev.sparring.layer.Dropout.dropout
import dev.sparring.layer.Elu.elu
import dev.sparring.layer.Flatten.flatten
import dev.sparring.layer.Gelu.gelu
import dev.sparring.layer.Layer
import dev.sparring.layer.LeakyRelu.leakyRelu
import dev.sparring.layer.MaxPool
import dev.sparring.layer.PadRule
import dev.sparring.layer.Relu.relu
import dev.sparring.layer.Reshape.reshape
import dev.sparring.layer.Sigmoid.sigmoid
import dev.sparring.layer.Silu.silu
import dev.sparring.layer.Tanh.tanh
import dev.sparring.layer.Upsample.upsample
import dev.sparring.norm.Bsn
import dev.sparring.norm.Bssn
import dev.sparring.norm.Equalized
import dev.sparring.norm.Sn
import dev.sparring.norm.Ssn
import dev.sparring.norm.WeightNormalization.weightNorm
import dev.sparring.recipe.Latent
import dev.sparring.tensor.Shape
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** A factor of biases too. */
private val halved = Equalized.equalized().multiplier(0.5)

class LayersSpec :
    FunSpec({
        val engine = autoClose(openTorch())

        fun served(vararg layers: Layer) = shouldBeServedAlike(randomGenerator(engine, 6, *layers))

        /** After an image with three different extents. */
        fun onImage(vararg layers: Layer, height: Int = 5, width: Int = 7) =
            served(dense(3 * height * width), reshape(3, height, width), *layers)

        test("dense, with and without bias") { served(dense(9), dense(4).bias(false)) }

        test("reshape and flatten keep our order of numbers") {
            onImage()
            onImage(flatten(), dense(4))
            onImage(flatten())
            onImage(reshape(7, 3, 5))
            onImage(reshape(15, 7))
            onImage(reshape(5, 3, 7), conv(2), reshape(2, 3, 1, 7), tanh(), reshape(42))
            served(dense(24), reshape(2, 3, 2, 2), leakyRelu(), reshape(24), dense(3))
        }

        mapOf(
                "relu" to relu(),
                "leakyRelu" to leakyRelu(0.15),
                "leakyRelu of slope 0" to leakyRelu(0.0),
                "elu" to elu(),
                "elu of another alpha" to elu(0.7),
                "silu" to silu(),
                "gelu" to gelu(),
                "tanh" to tanh(),
                "sigmoid" to sigmoid(),
                "dropout" to dropout(0.4),
                "batchNorm" to batchNorm().eps(0.03),
                "batchNorm without scale" to batchNorm().affine(false),
            )
            .forEach { (name, layer) ->
                test("$name of features and of images") {
                    served(dense(11), layer)
                    onImage(layer)
                    onImage(conv(4), layer, conv(2))
                }
            }

        test("batchNorm of other ranks") {
            served(dense(12), reshape(3, 4), batchNorm())
            served(dense(24), reshape(3, 4, 1, 2), batchNorm(), reshape(2, 3, 4), tanh())
        }

        for (kernel in 1..5) for (stride in 1..3) {
            test("conv of kernel $kernel and stride $stride, any padding") {
                for (padding in 0..3) {
                    withClue("padding $padding") {
                        onImage(conv(4).kernel(kernel).stride(stride).padding(padding))
                        onImage(
                            conv(2).kernel(kernel).stride(stride).padding(padding).bias(false),
                            height = 6,
                            width = 8,
                        )
                    }
                }
            }

            test("convTranspose of kernel $kernel and stride $stride, any paddings") {
                for (padding in 0..3) for (extra in 0 until stride) {
                    withClue("padding $padding, output padding $extra") {
                        val layer = convTranspose(4).kernel(kernel).stride(stride)
                        onImage(layer.padding(padding).outputPadding(extra), height = 7, width = 8)
                    }
                }
            }

            test("conv and convTranspose of kernel $kernel and stride $stride, TensorFlow's SAME") {
                for ((height, width) in listOf(6 to 6, 5 to 8, 7 to 7)) {
                    withClue("$height x $width") {
                        val conv = conv(4).kernel(kernel).stride(stride).pad(PadRule.SAME)
                        onImage(conv, height = height, width = width)
                        val wider = convTranspose(4).kernel(kernel).stride(stride).pad(PadRule.SAME)
                        onImage(wider, height = height, width = width)
                    }
                }
            }

            test("pools of kernel $kernel and stride $stride") {
                onImage(AvgPool(kernel, stride))
                onImage(MaxPool(kernel, stride))
            }
        }

        test("convolutions that change the size are where they should be for what follows") {
            onImage(
                convTranspose(4).kernel(3).outputPadding(1),
                upsample(2),
                convTranspose(3).kernel(5).stride(3).padding(1),
                upsample(3),
                conv(2).kernel(4).stride(2).padding(2),
                flatten(),
                dense(5),
            )
        }

        test("upsample") {
            for (factor in 1..9) {
                onImage(upsample(factor))
            }
        }

        listOf(Sn.sn(), Ssn.ssn(1.3), Bsn.bsn(), Bssn.bssn(1.4), weightNorm(), halved).forEach {
            norm ->
            test("weights normalized by ${norm.javaClass.simpleName}") {
                shouldBeServedAlike(
                    randomGenerator(
                        engine,
                        6,
                        dense(3 * 4 * 4),
                        reshape(3, 4, 4),
                        batchNorm(),
                        relu(),
                        convTranspose(5),
                        leakyRelu(),
                        conv(2),
                        tanh(),
                        norm = norm,
                    )
                )
            }
        }

        test("uniform noise, one number of it, and samples that are numbers") {
            val network = randomGenerator(engine, 1, dense(3), tanh(), dense(1))
            network.plan().output() shouldBe Shape.of(1)
            shouldBeServedAlike(network, Latent.UNIFORM, count = 300)
        }
    })
