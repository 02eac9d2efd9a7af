package io.slimimage.samples.equal;

import com.google.gson.Gson;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Map;

/** Draws, so that the runtime has fonts and libraries of the system besides those of every runtime. */
final class Drawing {

  private Drawing() {}

  public static void main(String[] arguments) {
    BufferedImage image = new BufferedImage(200, 50, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 20));
    graphics.drawString("Hello", 10, 30);
    int painted = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        painted += image.getRGB(x, y) == 0xff000000 ? 0 : 1;
      }
    }
    System.out.println(new Gson().toJson(Map.of("painted", painted)));
  }
}
