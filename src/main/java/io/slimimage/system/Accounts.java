package io.slimimage.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few accounts of an image without a distribution: root, nobody and the container's user. */
final class Accounts {

  private static final String ROOT = "0";
  private static final String NOBODY = "65534";
  private static final int PLAIN = 0644;
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern USER = Pattern.compile("([^:]+)(?::(.+))?");

  /** What a user that is only a name gets, as distroless images have it. */
  private static final String USUAL_ID = "65532";

  private final String userId;
  private final String userName;
  private final String groupId;
  private final String groupName;
  private final String home;

  private Accounts(String userId, String userName, String groupId, String groupName, String home) {
    this.userId = userId;
    this.userName = userName;
    this.groupId = groupId;
    this.groupName = groupName;
    this.home = home;
  }

  /**
   * Returns the accounts for a container.
   *
   * @param user uid or name and where wanted {@code :} and gid or name; a group that is not named
   *     has the number of the user, since the engine takes it from the account
   * @param home the user's home, without a slash in front; empty for {@code /}
   */
  static Accounts of(String user, String home) {
    Matcher parts = USER.matcher(user);
    String name = parts.matches() ? parts.group(1) : ROOT;
    String group = parts.matches() && parts.group(2) != null ? parts.group(2) : name;
    return new Accounts(
        idOf(name), nameOf(name, "nonroot"), idOf(group), nameOf(group, "nonroot"), "/" + home);
  }

  /** Returns the files of the accounts. */
  List<LayerEntry> entries() {
    return List.of(file("etc/passwd", passwd()), file("etc/group", group()));
  }

  private String passwd() {
    StringBuilder lines = new StringBuilder();
    String rootHome = userId.equals(ROOT) ? home : "/root";
    lines.append("root:x:0:0:root:").append(rootHome).append(":/sbin/nologin\n");
    if (!userId.equals(NOBODY)) {
      lines.append("nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n");
    }
    if (!userId.equals(ROOT)) {
      lines.append(
          String.join(":", userName, "x", userId, groupId, userName, home, "/sbin/nologin\n"));
    }
    return lines.toString();
  }

  private String group() {
    StringBuilder lines = new StringBuilder("root:x:0:\n");
    if (!groupId.equals(NOBODY)) {
      lines.append("nogroup:x:65534:\n");
    }
    if (!groupId.equals(ROOT)) {
      lines.append(groupName).append(":x:").append(groupId).append(":\n");
    }
    return lines.toString();
  }

  private static String idOf(String nameOrId) {
    if (NUMBER.matcher(nameOrId).matches()) {
      return nameOrId;
    }
    return switch (nameOrId) {
      case "root" -> ROOT;
      case "nobody", "nogroup" -> NOBODY;
      default -> USUAL_ID;
    };
  }

  private static String nameOf(String nameOrId, String usual) {
    if (!NUMBER.matcher(nameOrId).matches()) {
      return nameOrId;
    }
    return nameOrId.equals(NOBODY) ? "nobody" : usual;
  }

  private static LayerEntry file(String path, String text) {
    return new LayerEntry.File(path, PLAIN, Blob.of(text.getBytes(UTF_8)));
  }
}
