package dev.sparring.ui.metrics

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

class BucketsSpec :
    FreeSpec({
        fun Bucket.told() = listOf(first, last, low, high, mean)

        fun filled(capacity: Int, values: List<Double>) =
            Buckets(capacity).apply { values.forEachIndexed { i, value -> add(10.0 + i, value) } }

        "few values stay as they are" {
            val buckets = filled(4, listOf(3.0, -7.0, 0.5))
            buckets.span shouldBe 1
            buckets.coarse(1).map { it.told() } shouldContainExactly
                listOf(
                    listOf(10.0, 10.0, 3.0, 3.0, 3.0),
                    listOf(11.0, 11.0, -7.0, -7.0, -7.0),
                    listOf(12.0, 12.0, 0.5, 0.5, 0.5),
                )
        }

        "more are joined two by two, with their least, greatest and mean" {
            val buckets = filled(4, listOf(1.0, 5.0, -2.0, 4.0, 100.0))
            buckets.span shouldBe 2
            buckets.coarse(1).map { it.told() } shouldContainExactly
                listOf(
                    listOf(10.0, 11.0, 1.0, 5.0, 3.0),
                    listOf(12.0, 13.0, -2.0, 4.0, 1.0),
                    listOf(14.0, 14.0, 100.0, 100.0, 100.0),
                )
        }

        "no spike is lost among a hundred thousand values, and memory stays bounded" {
            val values = List(100_000) { if (it == 77_777) 1e6 else (it % 7).toDouble() }
            val buckets = filled(256, values)
            buckets.span shouldBe 512
            buckets.size shouldBe 196
            buckets.coarse(1).maxOf { it.high } shouldBe 1e6
            buckets.coarse(1).minOf { it.low } shouldBe 0.0
            buckets.coarse(1).sumOf { it.count } shouldBe 100_000
            buckets.coarse(1).sumOf { it.sum } shouldBe values.sum()
        }

        "coarse buckets are made of neighbors, and those before the last stay as they are" {
            val all = List(11) { it * it * 1.0 }
            val before = filled(16, all).coarse(4)
            before.map { it.told() } shouldContainExactly
                listOf(
                    listOf(10.0, 13.0, 0.0, 9.0, 3.5),
                    listOf(14.0, 17.0, 16.0, 49.0, 31.5),
                    listOf(18.0, 20.0, 64.0, 100.0, 245.0 / 3),
                )
            val after = filled(16, all + 121.0).coarse(4, from = 2).map { it.told() }
            after shouldContainExactly listOf(listOf(18.0, 21.0, 64.0, 121.0, 91.5))
            filled(16, all).coarse(4).take(2).map { it.told() } shouldBe
                filled(16, all + 121.0).coarse(4).take(2).map { it.told() }
        }

        "values that are not finite are counted, not drawn" {
            val buckets = filled(4, listOf(1.0, Double.NaN, Double.POSITIVE_INFINITY, 2.0))
            buckets.notFinite shouldBe 2
            buckets.coarse(1).map { it.mean } shouldContainExactly listOf(1.0, 2.0)
        }

        "the factor leaves at most as many buckets as are wanted" {
            Buckets(1024).factor(1024) shouldBe 1
            Buckets(1024).factor(300) shouldBe 4
            Buckets(1024).factor(1) shouldBe 1024
        }
    })
