package dev.sparring.dsl

import dev.sparring.file.Reason
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import java.io.IOException
import java.nio.charset.CharacterCodingException
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

    /** A file's text, or a problem in one line. */
    @JvmSynthetic
    internal fun textOf(file: Path): String =
        try {
            Files.readString(file)
        } catch (e: NoSuchFileException) {
            throw RecipeSyntaxException("$file", "there is no such file").apply { initCause(e) }
        } catch (e: CharacterCodingException) {
            throw RecipeSyntaxException("$file", "is not UTF-8 text").apply { initCause(e) }
        } catch (e: IOException) {
            throw RecipeSyntaxException("$file", "cannot be read: ${Reason.of(e)}").apply {
                initCause(e)
            }
        }
}
