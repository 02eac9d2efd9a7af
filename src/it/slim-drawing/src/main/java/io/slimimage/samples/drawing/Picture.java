package io.slimimage.samples.drawing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;

/** 200 by 100 pixels: a red disc in the left half, black text in the right half, on white. */
final class Picture {

  private static final String TEXT = "Slim";
  private static final Font FONT = new Font(Font.SERIF, Font.BOLD, 36);

  private Picture() {}

  static BufferedImage draw() {
    BufferedImage picture = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, 200, 100);
      graphics.setColor(Color.RED);
      graphics.fill(new Ellipse2D.Double(20, 20, 60, 60));
      graphics.setColor(Color.BLACK);
      graphics.setFont(FONT);
      graphics.drawString(TEXT, 105, 60);
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  static int textWidth() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(FONT).stringWidth(TEXT);
    } finally {
      graphics.dispose();
    }
  }
}
