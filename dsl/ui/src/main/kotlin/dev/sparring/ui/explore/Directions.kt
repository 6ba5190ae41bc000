package dev.sparring.ui.explore

import dev.sparring.layer.ConcatLabels
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.Dense
import dev.sparring.layer.Flatten
import dev.sparring.layer.PixelNorm
import dev.sparring.layer.Reshape
import dev.sparring.network.Network
import dev.sparring.plan.PlannedLayer
import dev.sparring.ui.Refused
import kotlin.math.abs
import kotlin.math.sqrt
import org.ejml.data.DMatrixRMaj
import org.ejml.dense.row.CommonOps_DDRM
import org.ejml.dense.row.factory.DecompositionFactory_DDRM

/**
 * The directions of the noise that move a generator's first linear map the most: right singular
 * vectors of its weight A, by falling singular value (SeFa; Shen and Zhou, "Closed-form
 * factorization of latent semantics in GANs", CVPR 2021, section 3.2: eigenvectors of A'A). A
 * vector has length 1, and its largest element is positive, since its sign is free.
 *
 * @param vectors (latent) each
 * @param strengths the singular values
 */
internal class Directions(val vectors: List<DoubleArray>, val strengths: List<Double>) {
    companion object {
        /** How many are told: weaker ones change little. */
        private const val MOST = 12

        /** @throws Refused if the first linear map is not one of the noise alone */
        fun of(generator: Network): Directions {
            val latent = generator.plan().input().elements()
            val before = generator.plan().layers().takeWhile { it.weight().isEmpty }
            val first =
                generator.plan().layers().getOrNull(before.size)
                    ?: throw Refused("directions: the generator has no linear map")
            val other = before.find { !keepsNoise(it) }
            if (other != null) {
                throw Refused(
                    "directions: ${other.path} (${other.layer.summary()}) comes before the first " +
                        "linear map"
                )
            }
            val weight =
                generator.normalizedParameters().tensor(first.weight().orElseThrow().path())
            return of(matrix(first, weight.toFloats(), latent))
        }

        /** Layers before it that leave the noise's elements in their places. */
        private fun keepsNoise(layer: PlannedLayer) =
            layer.layer.let {
                it is Reshape || it is Flatten || it is ConcatLabels || it is PixelNorm
            }

        /** A row for each output, a column for each element of the noise. */
        private fun matrix(layer: PlannedLayer, weight: FloatArray, latent: Int): DMatrixRMaj {
            val inputs = layer.input.elements()
            val isOfNoise = layer.input.dim(0) == inputs && inputs >= latent
            val kind = layer.layer
            if (!isOfNoise || kind !is Dense && kind !is ConvTranspose) {
                throw Refused(
                    "directions: the first linear map, ${kind.summary()}, is not one of the noise alone"
                )
            }
            val outputs = weight.size / inputs
            val matrix = DMatrixRMaj(outputs, latent)
            for (row in 0 until outputs) {
                for (column in 0 until latent) {
                    val at = if (kind is Dense) row * inputs + column else column * outputs + row
                    matrix[row, column] = weight[at].toDouble()
                }
            }
            return matrix
        }

        /** Of a matrix with a column for each element of the noise. */
        fun of(a: DMatrixRMaj): Directions {
            val square = DMatrixRMaj(a.numCols, a.numCols)
            CommonOps_DDRM.multInner(a, square)
            val eigen = DecompositionFactory_DDRM.eig(a.numCols, true, true)
            if (!eigen.decompose(square)) {
                throw Refused("directions: the weight is not finite")
            }
            val order =
                (0 until a.numCols).sortedByDescending { eigen.getEigenvalue(it).real }.take(MOST)
            return Directions(
                order.map { signed(eigen.getEigenVector(it).data.copyOf(a.numCols)) },
                order.map { sqrt(maxOf(0.0, eigen.getEigenvalue(it).real)) },
            )
        }

        private fun signed(vector: DoubleArray): DoubleArray {
            val largest = vector.maxBy { abs(it) }
            val length = sqrt(vector.sumOf { it * it })
            val factor = (if (largest < 0) -1 else 1) / length
            return DoubleArray(vector.size) { vector[it] * factor }
        }
    }
}
