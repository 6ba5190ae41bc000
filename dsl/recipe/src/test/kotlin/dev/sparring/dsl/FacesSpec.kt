package dev.sparring.dsl

import dev.sparring.recipe.Recipe
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe

/** One recipe, written in every supported form. */
internal val kotlinFace: Recipe =
    gan("digits") {
        data = digits()
        generator(latent = 64) {
            init = orthogonal()
            initByKind {
                conv = he
                batchNorm = normal(1.0, 0.02)
            }
            fans = pytorch
            dense(4 * 4 * 64)
            reshape(64, 4, 4)
            batchNorm()
            relu()
            convTranspose(32)
            batchNorm()
            relu()
            conv(1, kernel = 3, init = xavier())
            tanh()
        }
        discriminator {
            norm = bssn(scale = 1.4, power(warmup = 15))
            conv(32)
            leakyRelu(0.1)
            conv(64, kernel = 4, stride = 2)
            leakyRelu(0.1)
            flatten()
            dense(1)
        }
        loss = hinge
        optimizer {
            generator = adam(2e-4, 0.5, 0.999)
            discriminator = adam(lr = 4e-4, schedule = linear(start = 0.5))
        }
        train(steps = 2000, batch = 64, seed = 7)
        output(samplesEvery = 250)
        evaluate(every = 500, extractor = network("faces.onnx", preprocessing = "unit"))
    }

internal val yamlFace =
    """
    |name: digits
    |data: digits
    |generator:
    |  latent: 64
    |  init: orthogonal
    |  initByKind:
    |    conv: he
    |    batchNorm: { type: normal, mean: 1.0 }
    |  fans: pytorch
    |  layers:
    |    - { type: dense, units: 1024 }
    |    - { type: reshape, shape: [64, 4, 4] }
    |    - batchNorm
    |    - relu
    |    - { type: convTranspose, filters: 32 }
    |    - batchNorm
    |    - relu
    |    - { type: conv, filters: 1, init: xavier }
    |    - tanh
    |discriminator:
    |  norm: { type: bssn, scale: 1.4, power: { warmup: 15 } }
    |  layers:
    |    - { type: conv, filters: 32 }
    |    - { type: leakyRelu, slope: 0.1 }
    |    - { type: conv, filters: 64, kernel: 4, stride: 2 }
    |    - { type: leakyRelu, slope: 0.1 }
    |    - flatten
    |    - { type: dense, units: 1 }
    |loss: hinge
    |optimizer:
    |  discriminator: { type: adam, lr: 0.0004, schedule: { type: linear, start: 0.5 } }
    |train: { steps: 2000, seed: 7 }
    |output: { samplesEvery: 250 }
    |evaluate:
    |  every: 500
    |  extractor: { type: network, file: faces.onnx, preprocessing: unit }
    |"""
        .trimMargin()

private val jsonFace =
    """
    {
      "${'$'}schema": "sparring.schema.json",
      "name": "digits",
      "data": { "type": "digits" },
      "generator": {
        "latent": 64,
        "init": "orthogonal",
        "initByKind": { "conv": "he", "batchNorm": { "type": "normal", "mean": 1.0, "std": 0.02 } },
        "fans": "pytorch",
        "layers": [
          { "type": "dense", "units": 1024 },
          { "type": "reshape", "shape": [64, 4, 4] },
          "batchNorm", { "type": "relu" },
          { "type": "convTranspose", "filters": 32 }, "batchNorm", "relu",
          { "type": "conv", "filters": 1, "kernel": 3, "init": { "type": "xavier" } }, "tanh"
        ]
      },
      "discriminator": {
        "norm": { "type": "bssn", "scale": 1.4, "power": { "warmup": 15 } },
        "layers": [
          { "type": "conv", "filters": 32 }, { "type": "leakyRelu", "slope": 0.1 },
          { "type": "conv", "filters": 64, "kernel": 4, "stride": 2 },
          { "type": "leakyRelu", "slope": 1e-1 }, "flatten", { "type": "dense", "units": 1 }
        ]
      },
      "loss": { "type": "hinge" },
      "optimizer": {
        "generator": { "type": "adam", "lr": 2e-4, "beta1": 0.5, "beta2": 0.999 },
        "discriminator": { "type": "adam", "lr": 4e-4, "schedule": { "type": "linear", "start": 0.5 } }
      },
      "train": { "steps": 2000, "batch": 64, "seed": 7 },
      "output": { "samplesEvery": 250 },
      "evaluate": {
        "every": 500, "extractor": { "type": "network", "file": "faces.onnx", "preprocessing": "unit" }
      }
    }
    """

/** Layers inside layers, and conditional layers. */
internal val nestedKotlinFace: Recipe =
    gan("nested") {
        data = digits()
        block("head") {
            relu()
            conv(8)
        }
        block("other") { block("head") }
        generator(latent = 16) {
            concatLabels(embedding = 4)
            dense(64)
            reshape(4, 4, 4)
            residual(shortcut = { conv(8, kernel = 1) }) { block("head") }
            block("head")
            skip {
                conv(4, kernel = 4, stride = 2)
                skip { conv(2) }
                convTranspose(8)
            }
            stack(2) {
                residual {
                    relu()
                    conv(16)
                }
            }
            residualBlock(8, resample = up, normalize = conditional, init = xavier(gain = 1.5))
            conditionalBatchNorm(momentum = 0.2)
            relu()
            conv(1)
            tanh()
        }
        discriminator {
            norm = sn
            residualBlock(8, resample = down, first = true)
            branches {
                path { conv(8) }
                path {}
            }
            branches(join = sum) {
                path { conv(8) }
                path { conv(8, kernel = 1) }
            }
            selfAttention(pool = false)
            globalSumPool()
            auxiliaryClassifier()
        }
        terms(auxiliary(fake = 0.0))
    }

internal val nestedYamlFace =
    """
    |name: nested
    |data: digits
    |blocks:
    |  - name: head
    |    layers:
    |      - relu
    |      - { type: conv, filters: 8 }
    |  - name: other
    |    layers:
    |      - { type: block, name: head }
    |generator:
    |  latent: 16
    |  layers:
    |    - { type: concatLabels, embedding: 4 }
    |    - { type: dense, units: 64 }
    |    - { type: reshape, shape: [4, 4, 4] }
    |    - type: residual
    |      layers:
    |        - { type: block, name: head }
    |      shortcut:
    |        - { type: conv, filters: 8, kernel: 1 }
    |    - { type: block, name: head }
    |    - type: skip
    |      layers:
    |        - { type: conv, filters: 4, kernel: 4, stride: 2 }
    |        - type: skip
    |          layers:
    |            - { type: conv, filters: 2 }
    |        - { type: convTranspose, filters: 8 }
    |    - type: stack
    |      times: 2
    |      layers:
    |        - type: residual
    |          layers:
    |            - relu
    |            - { type: conv, filters: 16 }
    |    - type: residualBlock
    |      filters: 8
    |      resample: up
    |      normalize: conditional
    |      init: { type: xavier, gain: 1.5 }
    |    - { type: conditionalBatchNorm, momentum: 0.2 }
    |    - relu
    |    - { type: conv, filters: 1 }
    |    - tanh
    |discriminator:
    |  norm: sn
    |  layers:
    |    - { type: residualBlock, filters: 8, resample: down, first: true }
    |    - type: branches
    |      paths:
    |        -
    |          - { type: conv, filters: 8 }
    |        - []
    |    - type: branches
    |      paths:
    |        -
    |          - { type: conv, filters: 8 }
    |        -
    |          - { type: conv, filters: 8, kernel: 1 }
    |      join: sum
    |    - { type: selfAttention, pool: false }
    |    - globalSumPool
    |    - auxiliaryClassifier
    |terms:
    |  - { type: auxiliary, fake: 0.0 }
    |"""
        .trimMargin()

class FacesSpec :
    FreeSpec({
        "Kotlin, Java, YAML and JSON make equal recipes" {
            JavaFace.recipe() shouldBe kotlinFace
            RecipeText.fromYaml(yamlFace) shouldBe kotlinFace
            RecipeText.fromJson(jsonFace) shouldBe kotlinFace
        }

        "layers inside layers have every face, too" {
            JavaFace.nested() shouldBe nestedKotlinFace
            RecipeText.fromYaml(nestedYamlFace) shouldBe nestedKotlinFace
            RecipeText.toYaml(nestedKotlinFace) shouldBe nestedYamlFace
            RecipeText.fromJson(RecipeText.toJson(nestedKotlinFace)) shouldBe nestedKotlinFace
        }

        "a recipe is written as people would write it" {
            RecipeText.toYaml(kotlinFace) shouldBe yamlFace
        }
    })
