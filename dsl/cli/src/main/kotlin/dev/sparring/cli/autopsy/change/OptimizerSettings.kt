package dev.sparring.cli.autopsy.change

import dev.sparring.optim.Optimizer
import dev.sparring.recipe.Optimizers
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Settings

/** Whose optimizer is changed. */
internal enum class Side {
    GENERATOR,
    DISCRIMINATOR,
    BOTH,
}

/** The recipe with changed optimizers. */
internal fun Recipe.optimizers(side: Side, change: (Optimizer) -> Optimizer): Recipe {
    val (generator, discriminator) = optimizer.generator to optimizer.discriminator
    return Settings.with(
        this,
        "optimizer",
        Optimizers(
            if (side == Side.DISCRIMINATOR) generator else change(generator),
            if (side == Side.GENERATOR) discriminator else change(discriminator),
        ),
    )
}

/** Its value of a setting that not every optimizer has; null if it has none, or no value. */
internal fun Optimizer.setting(name: String): Any? =
    javaClass.recordComponents
        ?.find { it.name == name }
        ?.accessor
        ?.apply { isAccessible = true }
        ?.invoke(this)

/** The same with another value. */
internal fun Optimizer.with(name: String, value: Any): Optimizer =
    if (this is Record && javaClass.recordComponents.any { it.name == name })
        Settings.with(this as Record, name, value) as Optimizer
    else throw DoesNotApply("an optimizer of the recipe has no setting $name")
