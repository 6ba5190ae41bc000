package dev.sparring.data;

import dev.sparring.file.Reason;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The image files in a folder, by path relative to it, with / on every system, in order of these
 * paths. Names are read as UTF-8 in every locale. Links are followed, except to folders above them.
 */
final class FolderFiles {
  /** How many ways may lead to a folder, through links. */
  private static final int MOST_WAYS = 1000;

  private final InputFile root;
  private final SortedMap<String, InputFile> images = new TreeMap<>();

  /** What files of an image's name are, where they are no files. */
  private final Map<String, String> problems = new HashMap<>();

  private final List<String> others = new ArrayList<>();
  private final List<String> loops = new ArrayList<>();

  /** Bytes of paths by their text. */
  private final Map<String, String> raw = new HashMap<>();

  private final Map<Object, Integer> ways = new HashMap<>();
  private final TreeSet<String> folders = new TreeSet<>();

  private FolderFiles(InputFile root) {
    this.root = root;
  }

  /**
   * Lists the files.
   *
   * @throws DataException if there is none, or one cannot be told from another
   */
  static FolderFiles of(ImageFolder settings) {
    InputFile root = InputFile.of(settings.folder());
    if (!Files.isDirectory(root.path())) {
      throw new DataException(
          root + (Files.exists(root.path()) ? ": is no folder" : ": no such folder"));
    }
    FolderFiles files = new FolderFiles(root);
    try {
      Files.walkFileTree(
          root.path(),
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          settings.recursive() ? Integer.MAX_VALUE : 1,
          files.new Visitor());
    } catch (IOException e) {
      throw new DataException(root + ": cannot be listed: " + Reason.of(e), e);
    }
    if (files.images.isEmpty()) {
      throw new DataException(
          root
              + ": has no .png, .jpg or .jpeg file"
              + (settings.recursive()
                  ? " in or below it"
                  : " (recursive: true would search its sub-folders)"));
    }
    return files;
  }

  InputFile root() {
    return root;
  }

  SortedMap<String, InputFile> images() {
    return images;
  }

  /** Why a file cannot be read, or null if it is a regular file. */
  @Nullable String problem(String name) {
    return problems.get(name);
  }

  /** Whether every file lies in a sub-folder, so that these are classes. */
  boolean isLabelled() {
    return images.keySet().stream().noneMatch(name -> name.indexOf('/') < 0);
  }

  /**
   * The classes in order. They are counted over all files, so that leaving out a broken one does
   * not renumber them.
   */
  List<String> classes() {
    return List.copyOf(new TreeSet<>(images.keySet().stream().map(FolderFiles::top).toList()));
  }

  /** The topmost sub-folder of a file. */
  static String top(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  /** What a user should know about the folder, a line each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!others.isEmpty()) {
      notes.add(
          "left out "
              + others.size()
              + " files that are not .png, .jpg or .jpeg, e.g. "
              + first(others));
    }
    if (!loops.isEmpty()) {
      notes.add("left out " + loops.size() + " links to a folder above them, e.g. " + first(loops));
    }
    if (isLabelled()) {
      notes.addAll(classNotes());
    } else {
      long below = images.keySet().stream().filter(name -> name.indexOf('/') >= 0).count();
      if (below > 0) {
        notes.add(
            "images have no labels: "
                + images.keySet().stream().filter(n -> n.indexOf('/') < 0).findFirst().orElse("")
                + " lies in no sub-folder, though "
                + below
                + " others do");
      }
    }
    Map<String, String> stems = new HashMap<>();
    List<String> twins = new ArrayList<>();
    for (String name : images.keySet()) {
      String other = stems.putIfAbsent(Pairs.stem(name), name);
      if (other != null) {
        twins.add(other + " and " + name);
      }
    }
    if (!twins.isEmpty()) {
      notes.add(
          twins.size()
              + " images have the name of another one but for its ending, e.g. "
              + twins.get(0)
              + "; each is a sample");
    }
    return notes.stream().map(note -> root + ": " + note).toList();
  }

  private List<String> classNotes() {
    List<String> notes = new ArrayList<>();
    TreeSet<String> empty = new TreeSet<>(folders);
    List<String> classes = classes();
    classes.forEach(empty::remove);
    if (!empty.isEmpty()) {
      notes.add(
          "sub-folders without an image are no classes, and labels are counted without them: "
              + shown(List.copyOf(empty)));
    }
    Map<String, String> seen = new HashMap<>();
    for (String name : classes) {
      String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (other != null) {
        notes.add(
            "the sub-folders "
                + other
                + " and "
                + name
                + " are two classes, their names differ"
                + " only in capitals");
      }
    }
    return notes;
  }

  private static String first(List<String> names) {
    return names.stream().min(String::compareTo).orElse("");
  }

  private static String shown(List<String> names) {
    int shown = Math.min(names.size(), 10);
    return String.join(", ", names.subList(0, shown))
        + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "");
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final String start = InputFile.rawOf(root.path());
    private final String shown = root.path().toString();

    /** The path relative to the root, read as UTF-8. */
    private String name(Path file) {
      String text = file.toString();
      String below = text.substring(Math.min(text.length(), shown.length()));
      if (text.startsWith(shown) && isPlain(below)) {
        // Nearly all files, and much faster: no other bytes have this name.
        String name = below.replace(file.getFileSystem().getSeparator(), "/");
        return name.startsWith("/") ? name.substring(1) : name;
      }
      String own = InputFile.rawOf(file);
      String rest = own.substring(Math.min(own.length(), start.length()));
      String name = InputFile.decoded(rest.startsWith("/") ? rest.substring(1) : rest);
      String other = name.isEmpty() ? null : raw.putIfAbsent(name, own);
      if (other != null && !other.equals(own)) {
        throw new DataException(
            root
                + "/"
                + name
                + ": two files or folders have this name, which is not in UTF-8;"
                + " convmv -f latin1 -t utf8 -r --notest would rename them");
      }
      return name;
    }

    /** Whether each character is a byte of ASCII in every locale; ? may stand for another one. */
    private static boolean isPlain(String text) {
      return text.chars().allMatch(c -> c > 0 && c < 0x80 && c != '?');
    }

    private static boolean isImage(String name) {
      String ending = name.substring(Math.max(0, name.length() - 5)).toLowerCase(Locale.ROOT);
      return ending.endsWith(".png") || ending.endsWith(".jpg") || ending.endsWith(".jpeg");
    }

    private static boolean isHidden(String name) {
      return name.startsWith(".") || name.contains("/.");
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = name(folder);
      if (isHidden(name)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!name.isEmpty() && name.indexOf('/') < 0) {
        folders.add(name);
      }
      Object key = attributes.fileKey();
      if (key != null && ways.merge(key, 1, Integer::sum) > MOST_WAYS) {
        throw new DataException(
            root + "/" + name + ": links lead to this folder in more than " + MOST_WAYS + " ways");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = name(file);
      if (isHidden(name) || attributes.isDirectory()) {
        return FileVisitResult.CONTINUE;
      }
      if (!isImage(name)) {
        others.add(name);
        return FileVisitResult.CONTINUE;
      }
      images.put(name, new InputFile(root + "/" + name, file));
      if (attributes.isSymbolicLink()) {
        problems.put(name, "is a link to nothing");
      } else if (!attributes.isRegularFile()) {
        problems.put(name, "is a pipe, a socket or a device, expected a regular file");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      String name = name(file);
      if (isHidden(name)) {
        return FileVisitResult.CONTINUE;
      }
      if (e instanceof FileSystemLoopException) {
        loops.add(name);
        return FileVisitResult.CONTINUE;
      }
      throw new DataException(root + "/" + name + ": cannot be listed: " + Reason.of(e), e);
    }
  }
}
