print("hub311")
