package dev.sparring.dsl

import dev.sparring.dsl.text.YamlTree
import dev.sparring.dsl.text.placeOf
import dev.sparring.dsl.text.problem
import dev.sparring.file.Reason
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path

/** Recipes as text, as [RecipeFormat] has it, with all words that are on the class path. */
public object RecipeText {
    /** [RecipeFormat.fromYaml]. */
    @JvmStatic
    @JvmOverloads
    public fun fromYaml(text: String, source: String = "recipe.yaml"): Recipe =
        RecipeFormat.onClassPath.fromYaml(text, source)

    /** [RecipeFormat.fromJson]. */
    @JvmStatic
    @JvmOverloads
    public fun fromJson(text: String, source: String = "recipe.json"): Recipe =
        RecipeFormat.onClassPath.fromJson(text, source)

    /** [RecipeFormat.read]. */
    @JvmStatic public fun read(file: Path): Recipe = RecipeFormat.onClassPath.read(file)

    /** [RecipeFormat.toYaml]. */
    @JvmStatic
    @JvmOverloads
    public fun toYaml(recipe: Recipe, full: Boolean = false): String =
        RecipeFormat.onClassPath.toYaml(recipe, full)

    /** [RecipeFormat.toJson]. */
    @JvmStatic
    @JvmOverloads
    public fun toJson(recipe: Recipe, full: Boolean = false): String =
        RecipeFormat.onClassPath.toJson(recipe, full)

    /** [RecipeFormat.placed]. */
    @JvmStatic
    public fun placed(e: RecipeException, text: String, source: String): RecipeSyntaxException =
        RecipeFormat.onClassPath.placed(e, text, source)

    /**
     * The text of a file, which is UTF-8; a byte order mark at its start is left out.
     *
     * @throws RecipeSyntaxException if it cannot be read, is no such text, or is longer than any
     *   recipe
     */
    @JvmStatic
    public fun textOf(file: Path): String {
        val bytes = bytesOf(file)
        return try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().removePrefix("\uFEFF")
        } catch (e: CharacterCodingException) {
            throw notUtf8(file, bytes).apply { initCause(e) }
        }
    }

    private fun notUtf8(file: Path, bytes: ByteArray): RecipeSyntaxException {
        val text = String(bytes, UTF_8)
        val place = placeOf(text.indexOf('\uFFFD').coerceAtLeast(0), text, "$file")
        val isUtf16 = bytes.size > 1 && bytes[0] + bytes[1] == -3 && bytes[0] in -2..-1
        val what = if (isUtf16) "is UTF-16 text" else "is not UTF-8 text"
        return RecipeSyntaxException(listOf(problem(place, "", "$what; save it as UTF-8")))
    }

    private fun bytesOf(file: Path): ByteArray =
        try {
            if (Files.isDirectory(file)) throw RecipeSyntaxException("$file", "is a folder")
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw RecipeSyntaxException("$file", "is no regular file")
            }
            // A character has three bytes at most, or two of its halves have four.
            YamlTree.checkLength(Files.size(file) / MOST_BYTES, "characters or more", "$file")
            Files.readAllBytes(file)
        } catch (e: NoSuchFileException) {
            throw RecipeSyntaxException("$file", "there is no such file").apply { initCause(e) }
        } catch (e: IOException) {
            throw RecipeSyntaxException("$file", "cannot be read: ${Reason.of(e)}").apply {
                initCause(e)
            }
        }

    private const val MOST_BYTES = 3
}
