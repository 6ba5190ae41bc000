package dev.sparring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of ARCHITECTURE.md: which package may know which. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sparring");

  /**
   * A package and all that it may know of the others. The recipe's parts know {@code recipe} for
   * its annotations; {@code recipe} knows them for their types.
   */
  private static final Map<String, String> KNOWS =
      Map.ofEntries(
          Map.entry("tensor", ""),
          Map.entry("random", ""),
          Map.entry("file", ""),
          Map.entry("statistics", "random"),
          Map.entry("image", "file tensor"),
          Map.entry("init", "random recipe tensor"),
          Map.entry("norm", "recipe tensor"),
          Map.entry("layer", "init norm random recipe tensor"),
          Map.entry("augment", "random recipe tensor"),
          Map.entry("loss", "random recipe tensor"),
          Map.entry("optim", "recipe tensor"),
          Map.entry("data", "file random recipe tensor"),
          Map.entry("metric", "data random"),
          Map.entry("recipe", "augment data init layer loss norm optim random tensor"),
          Map.entry("network", "augment data init layer loss norm random recipe tensor"),
          // It trains classifiers (train), and keeps them in run's format of weights.
          Map.entry(
              "eval",
              "data file init layer metric network norm optim random recipe run tensor train"),
          Map.entry("train", "augment data layer loss network optim random recipe tensor"),
          Map.entry("lint", "data init layer loss network norm optim recipe tensor"),
          Map.entry("diagnose", "data init layer loss network norm random recipe tensor train"),
          Map.entry("run", "data file image network random recipe tensor train"));

  /** The libraries, and who may use them. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "com.fasterxml.jackson..",
          List.of("dev.sparring.run"),
          "org.ejml..",
          List.of("dev.sparring.diagnose", "dev.sparring.init", "dev.sparring.metric"),
          "javax.imageio..",
          List.of("dev.sparring.image", "dev.sparring.data"),
          "java.awt..",
          List.of("dev.sparring.image", "dev.sparring.data", "dev.sparring.run"));

  @Test
  void everyPackageHasItsPlace() {
    TreeSet<String> found =
        CORE.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.replaceFirst("dev\\.sparring\\.?", ""))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeMap<>(KNOWS).navigableKeySet(), found);
  }

  static Stream<String> packages() {
    return KNOWS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageKnowsOnlyWhatItMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), Arrays.stream(KNOWS.getOrDefault(name, "").split(" ")))
            .filter(known -> !known.isEmpty())
            .map(known -> "dev.sparring." + known)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.sparring." + name)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.sparring..").and(not(resideInAnyPackage(allowed))))
        .check(CORE);
  }

  @Test
  void thereIsNothingButJavaAndTheLibrariesWhereTheyBelong() {
    String[] everywhere = {"java..", "javax.imageio..", "org.jspecify..", "dev.sparring.."};
    String[] known =
        Stream.concat(Arrays.stream(everywhere), LIBRARIES.keySet().stream())
            .toArray(String[]::new);
    noClasses()
        .should()
        .dependOnClassesThat(not(resideInAnyPackage(known)).and(isNoPrimitive()))
        .check(CORE);
    LIBRARIES.forEach(
        (library, users) ->
            noClasses()
                .that(not(resideInAnyPackage(users.toArray(String[]::new))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(CORE));
  }

  private static DescribedPredicate<JavaClass> isNoPrimitive() {
    return DescribedPredicate.describe(
        "are no primitives or arrays of them",
        c -> !c.getBaseComponentType().isPrimitive() && !c.getPackageName().isEmpty());
  }
}
